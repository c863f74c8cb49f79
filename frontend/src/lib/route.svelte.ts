/** The page in the fragment: `#/browse`, `#/show/root.L5`. An address that holds a case shows the consultation. */

export function split(hash: string): string[] {
  if (!hash.startsWith('#/')) return [''];
  return hash.slice(2).split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

class Route {
  parts = $state.raw<string[]>(split(location.hash));

  constructor() {
    addEventListener('hashchange', () => (this.parts = split(location.hash)));
  }
}

export const route = new Route();
