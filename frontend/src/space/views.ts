/** Where one looks from. Angles in degrees: round the body from its front towards its left, and up from the level. */

export interface Look { turn: number; tilt: number; target: readonly [number, number, number]; height: number; width: number }
export type ViewName = 'front' | 'back' | 'left' | 'right' | 'feet' | 'soles';

const WHOLE = { target: [0, 53.5, 0], height: 122, width: 50 } as const;
const FEET = { target: [0, 4, 5], height: 40, width: 46 } as const;
export const VIEWS: Record<ViewName, Look> = {
  front: { turn: 0, tilt: 4, ...WHOLE },
  back: { turn: 180, tilt: 4, ...WHOLE },
  left: { turn: 90, tilt: 4, ...WHOLE },
  right: { turn: -90, tilt: 4, ...WHOLE },
  feet: { turn: 0, tilt: 52, ...FEET },
  soles: { turn: 0, tilt: -78, ...FEET },
};
export const VIEW_LABELS: [ViewName, string][] = [['front', 'Front'], ['back', 'Back'], ['left', 'Left'], ['right', 'Right'], ['feet', 'Feet'], ['soles', 'Soles']];

/** What lies at the left and right edge of the picture, and what faces the reader. */
export function bearings(turn: number, tilt: number): { left: string; right: string; facing: string } {
  const round = ((turn % 360) + 360) % 360;
  const words = ['front', 'left side', 'back', 'right side'] as const;
  const quarter = Math.round(round / 90) % 4;
  const seen = Math.abs(tilt) > 60 ? (tilt < 0 ? 'soles' : 'above') : words[quarter]!;
  const edges = [['patient’s right', 'patient’s left'], ['front', 'back'], ['patient’s left', 'patient’s right'], ['back', 'front']] as const;
  const [left, right] = edges[quarter]!;
  return { left, right, facing: seen === 'soles' ? 'seen from below' : seen === 'above' ? 'seen from above' : `seen from the ${seen === 'left side' || seen === 'right side' ? `patient’s ${seen}` : seen}` };
}
