/** Where an examination starts: the findings that settle a complaint, in the order in which a patient is examined. */

export type Kind = 'power' | 'sense' | 'reflex' | 'test' | 'history' | 'sphincter';
export interface Step { kind: Kind; id: string; name: string; how: string; sideless?: boolean }
export interface Stage { posture: string; steps: Step[] }
export interface Complaint { id: string; name: string; short: string; both: boolean; stages: Stage[] }

const power = (id: string, name: string, how: string): Step => ({ kind: 'power', id, name, how });
const sense = (id: string, name: string, how = 'A pin on the place, then on the same place of the other leg: is it as sharp?'): Step => ({ kind: 'sense', id, name, how });
const reflex = (id: string, name: string, how: string): Step => ({ kind: 'reflex', id, name, how });
const test = (id: string, name: string, how: string, sideless = false): Step => ({ kind: 'test', id, name, how, sideless });
const told = (id: string, name: string, how: string): Step => ({ kind: 'history', id, name, how, sideless: true });
const sphincter = (id: string, name: string, how: string): Step => ({ kind: 'sphincter', id, name, how, sideless: true });

const DORSIFLEXION = power('ankle_dorsiflexion', 'Foot up', '“Pull the foot up and hold it.” Press down on the dorsum.');
const TOE = power('great_toe_extension', 'Great toe up', '“Pull the big toe up.” Press on its end.');
const INVERSION = power('ankle_inversion_plantarflexed', 'Inversion, foot pointed down', 'Foot pointed down: “turn the sole inwards”, against your hand. Kept in a peroneal palsy.');
const EVERSION = power('ankle_eversion', 'Foot outwards', '“Turn the sole outwards”, against your hand on the outer border.');
const ABDUCTION = power('hip_abduction', 'Hip abduction', 'Lying on the side: lift the straight leg against your hand.');
const PLANTARFLEXION = power('ankle_plantarflexion', 'Foot down', 'Ten rises on the toes of one leg; five or more is strong.');
const KNEE = power('knee_extension', 'Knee extension', '“Straighten the knee and hold it.” Press down on the shin.');
const FLEXION = power('hip_flexion', 'Hip flexion', 'Sitting: “lift the thigh”, press down above the knee.');
const ADDUCTION = power('hip_adduction', 'Hip adduction', '“Squeeze the knees together” against your hands.');
const ANKLE_JERK = reflex('ankle', 'Ankle jerk', 'Foot held up, strike the tendon; ask for clenched fists before calling it absent.');
const KNEE_JERK = reflex('knee', 'Knee jerk', 'Knee bent and relaxed, strike below the kneecap.');
const PLANTAR = reflex('plantar', 'Plantar response', 'Slow blunt stroke up the outer sole.');
const SLR = test('slr', 'Straight leg raise', 'Supine, knee straight, lift: positive when leg pain below the knee comes under 60 degrees.');
const FEMORAL = test('femoral_stretch', 'Femoral stretch', 'Prone, bend the knee, lift the thigh: positive when pain comes down the front.');
const BLADDER = sphincter('bladder', 'Bladder', '“Any change in passing water, the urge, the stream, leaking?” Scan the residual if in doubt.');
const SADDLE = sphincter('saddle_sensation', 'Saddle sensation', '“Does wiping feel normal?” Pin or touch beside the anus on each side.');
const BOWEL = sphincter('bowel', 'Bowel', '“Any loss of control, or not feeling it pass?”');
const TONE = sphincter('anal_tone', 'Anal tone and squeeze', 'With consent and a chaperone. Normal tone does not exclude cauda equina.');

export const COMPLAINTS: Complaint[] = [
  { id: 'foot_drop', name: 'Foot drop', short: 'the foot slaps or trips', both: false, stages: [
    { posture: 'Sitting', steps: [DORSIFLEXION, TOE, EVERSION, INVERSION] },
    { posture: 'Supine', steps: [sense('dorsum', 'Dorsum of the foot'), ANKLE_JERK, PLANTAR, SLR] },
    { posture: 'On the side', steps: [ABDUCTION] },
  ] },
  { id: 'leg_pain', name: 'Leg pain', short: 'down the leg, with or without back pain', both: false, stages: [
    { posture: 'Standing', steps: [PLANTARFLEXION] },
    { posture: 'Sitting', steps: [KNEE, TOE, KNEE_JERK] },
    { posture: 'Supine', steps: [SLR, ANKLE_JERK, sense('lateral_foot', 'Outer border of the foot'), BLADDER, SADDLE] },
  ] },
  { id: 'thigh_numb', name: 'Thigh numb or weak', short: 'front, side or groin', both: false, stages: [
    { posture: 'Sitting', steps: [FLEXION, KNEE, ADDUCTION, KNEE_JERK] },
    { posture: 'Supine', steps: [sense('lateral_thigh', 'Outer thigh'), sense('anterior_thigh', 'Front of the thigh'), sense('medial_leg', 'Inner leg below the knee')] },
    { posture: 'Prone', steps: [FEMORAL] },
  ] },
  { id: 'numb_feet', name: 'Numb feet', short: 'both feet, burning or dead', both: true, stages: [
    { posture: 'Standing', steps: [test('romberg', 'Romberg', 'Feet together, then eyes closed: positive when the patient sways only then.', true)] },
    { posture: 'Sitting', steps: [TOE, KNEE_JERK, ANKLE_JERK, test('vibration_toe', 'Vibration at the great toe', '128 Hz fork on the joint of the great toe. Positive means reduced.')] },
    { posture: 'Supine', steps: [sense('stocking.ankles', 'Stocking to the ankles'), PLANTAR, SADDLE, told('diabetes', 'Diabetes', 'Ask; look at the last HbA1c.')] },
  ] },
  { id: 'cannot_walk', name: 'Cannot walk far', short: 'legs give out or ache on walking', both: true, stages: [
    { posture: 'Ask', steps: [told('neurogenic_claudication', 'Eased by sitting or bending forward', '“Does standing still help, or must you sit or bend?”'), BLADDER] },
    { posture: 'Standing', steps: [test('spastic_gait', 'Stiff gait', 'Watch ten paces: stiff, scissoring, toes dragging.', true), PLANTARFLEXION] },
    { posture: 'Sitting', steps: [FLEXION, TOE, KNEE_JERK] },
    { posture: 'Supine', steps: [PLANTAR, test('pulse_distal', 'Foot pulses', 'Dorsalis pedis and posterior tibial. Positive means weak or absent.')] },
  ] },
  { id: 'saddle', name: 'Numb saddle or bladder', short: 'treat as an emergency until excluded', both: true, stages: [
    { posture: 'Ask', steps: [BLADDER, BOWEL, sphincter('sexual_function', 'Sexual function', '“Any loss of feeling or function since this began?”')] },
    { posture: 'Sitting', steps: [KNEE_JERK, TOE] },
    { posture: 'Supine', steps: [SADDLE, TONE, ANKLE_JERK, PLANTAR] },
  ] },
  { id: 'quick', name: 'Quick kit', short: 'four tests that screen every root', both: false, stages: [
    { posture: 'Sitting', steps: [KNEE, TOE] },
    { posture: 'Supine', steps: [ANKLE_JERK, sense('dorsum', 'Dorsum of the foot')] },
  ] },
];

export interface Choice { value: string; label: string; tone: 'good' | 'bad' | 'mid' }
const choice = (value: string, label: string, tone: Choice['tone'] = 'bad'): Choice => ({ value, label, tone });
export const CHOICES: Record<Kind, Choice[]> = {
  power: [choice('5', 'Normal', 'good'), choice('4', '4'), choice('3', '3'), choice('2', '2'), choice('1', '1'), choice('0', '0'), choice('weak', 'Weak'), choice('limited by pain', 'Pain', 'mid')],
  sense: [choice('normal', 'Normal', 'good'), choice('reduced', 'Reduced'), choice('absent', 'Absent'), choice('paraesthesia', 'Tingling')],
  reflex: [choice('normal', 'Normal', 'good'), choice('reduced', 'Reduced'), choice('absent', 'Absent'), choice('brisk', 'Brisk')],
  test: [choice('negative', 'Negative', 'good'), choice('positive', 'Positive'), choice('equivocal', 'Unsure', 'mid')],
  history: [choice('no', 'No', 'good'), choice('yes', 'Yes')],
  sphincter: [choice('normal', 'Normal', 'good')],
};
export const PLANTAR_CHOICES: Choice[] = [choice('normal', 'Down', 'good'), choice('mute', 'Mute', 'mid'), choice('upgoing', 'Up')];
export const SPHINCTER_CHOICES: Record<string, Choice[]> = {
  bladder: [choice('normal', 'Normal', 'good'), choice('retention', 'Retention'), choice('altered sensation', 'Less feeling'), choice('hesitancy', 'Hesitant'), choice('incontinence', 'Leaking')],
  bowel: [choice('normal', 'Normal', 'good'), choice('constipation', 'Constipated', 'mid'), choice('incontinence', 'Loss of control'), choice('altered sensation', 'Less feeling')],
  anal_tone: [choice('normal', 'Normal', 'good'), choice('reduced', 'Reduced'), choice('absent', 'Absent')],
  saddle_sensation: [choice('normal', 'Normal', 'good'), choice('reduced', 'Reduced'), choice('absent', 'Absent'), choice('tingling', 'Tingling')],
  sexual_function: [choice('normal', 'Normal', 'good'), choice('impaired', 'Impaired'), choice('numb', 'Numb')],
};
