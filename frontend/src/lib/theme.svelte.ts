/** Light or dark: the system's choice until the reader chooses. Nothing is stored. */

class Theme {
  chosen = $state<'light' | 'dark' | ''>('');
  private system = $state(false);

  constructor() {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.system = query.matches;
    query.addEventListener('change', (e) => {
      this.system = e.matches;
      this.show();
    });
    this.show();
  }

  get dark(): boolean {
    return this.chosen ? this.chosen === 'dark' : this.system;
  }

  toggle(): void {
    this.chosen = this.dark ? 'light' : 'dark';
    this.show();
  }

  private show(): void {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }
}

export const theme = new Theme();
