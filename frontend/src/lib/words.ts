/** Numbers and names as they are said. A probability is told in words and round numbers, never to a decimal. */

export function inTen(p: number): string {
  if (p >= 0.95) return 'more than 9 in 10';
  if (p >= 0.075) return `about ${Math.max(1, Math.min(9, Math.round(p * 10)))} in 10`;
  if (p >= 0.015) return `about ${Math.round(p * 100)} in 100`;
  return 'less than 1 in 100';
}

export function strength(p: number): string {
  if (p >= 0.9) return 'very likely';
  if (p >= 0.65) return 'likely';
  if (p >= 0.35) return 'possible';
  if (p >= 0.1) return 'less likely';
  return 'unlikely';
}

export function sideWord(side: string | null | undefined): string {
  if (side === 'bilateral') return 'both sides';
  return side ?? '';
}

export const plain = (id: string): string => id.replaceAll('_', ' ').replaceAll('.', ', ');

const FAMILIES: Record<string, string> = {
  root: 'Nerve root', nerve: 'Single nerve', plexus: 'Plexus', pairs: 'Two lesions together', cauda_equina: 'Cauda equina', conus_medullaris: 'Conus medullaris',
  polyneuropathy: 'Polyneuropathy', stenosis: 'Lumbar stenosis', central: 'Brain or spinal cord', mimic: 'Not a nerve lesion', none: 'Nothing wrong found',
  radiculoplexus_neuropathy: 'Radiculoplexus neuropathy', motor_neuron_disease: 'Motor neuron disease', myopathy: 'Muscle', neuromuscular_junction: 'Neuromuscular junction',
  functional: 'Functional', unlisted: 'Something not modelled',
};
export function familyName(id: string): string {
  return FAMILIES[id] ?? plain(id).replace(/^./, (x) => x.toUpperCase());
}

export const ACTIONS: Record<string, string> = {
  emergency: 'Emergency: refer now',
  urgent: 'Urgent specialist assessment',
  investigate: 'Investigate to settle the site',
  conservative: 'Usually managed without urgency, if no warning stands above',
  no_nerve_lesion: 'Look for a cause outside the nerves',
};

export const TIERS: Record<string, string> = {
  emergency: 'Emergency now', same_day: 'Same day', urgent: 'Urgent, within two weeks', routine: 'Routine',
};

export const GRADE_WORDS: Record<string, string> = {
  weak: 'weak, not graded', 'limited by pain': 'limited by pain', 'give-way': 'give-way', '5': 'normal',
};
export function gradeWord(grade: string): string {
  return GRADE_WORDS[grade] ?? `${grade}/5`;
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed ? trimmed[0]?.toUpperCase() + trimmed.slice(1) : '';
}

export function list(words: string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
