"""The words of reports: for each finding the results it may be filed under, the first that a study knows counting."""

from lasegue.names.tables import table

FINDINGS = table("""
normal no_relief: normal, unremarkable, nil, clear, negative, intact, within normal limits, nad, no abnormality, no abnormality
  detected, nothing abnormal, preserved, nil significant, in range, spared, present, not raised, not low, unaffected, age related
  changes, age related change
disc_herniation: disc, disk, herniation, herniated, protrusion, protruded, protruding, extrusion, extruded, prolapse, prolapsed,
  bulge, bulging, sequestration, sequestrated, sequestered, hnp, slipped disc, disc herniation, disc protrusion, disc prolapse, disc
  bulge, disc extrusion, herniated disc, prolapsed disc, disc fragment, free fragment, sequestrum, herniated nucleus pulposus,
  pid, prolapsed intervertebral disc, prolapsed intervertebral disk, intervertebral disc prolapse
large_central_disc disc_herniation: large central disc, large disc, massive disc, massive prolapse, massive disc prolapse, large
  central prolapse, large central protrusion, large central herniation, massive herniation, giant disc, large disc herniation, large
  disc prolapse, large central extrusion, massive extrusion, large disc extrusion, large central disc prolapse, large central disc
  herniation
contact_at_level compression_at_level: root contact, contacting, contacts, in contact with, touching, touches, abutting, abuts, abutment
compression_at_level cord_compression cauda_compression: compression, compressed, compressing, compress, compresses, impingement,
  impinged, impinging, impinges, displaced, displacing, displaces, nerve root compression, root compression, root impingement,
  entrapment, effacement
cauda_compression compression_at_level: cauda equina compression, compression of cauda equina, cauda compression, thecal sac
  compression, compressed thecal sac, thecal sac effacement, compressed cauda equina, canal occupied, crowding of cauda equina
cord_compression cord_lesion: cord compression, spinal cord compression, compressed cord, compression of cord, cord compressed,
  myelopathy
cord_infarct infarct cord_lesion: infarct, infarction, stroke, ischaemia, cord infarction, cord infarct, spinal cord infarction,
  restricted diffusion, acute infarct,
  lacune, lacunar, lacunar infarct, acute ischaemia, ischaemic lesion
cord_lesion conus_abnormal: cord lesion, cord signal change, cord signal, myelitis, cord oedema, syrinx, intramedullary lesion, t2
  hyperintensity, signal change, demyelination, cord hyperintensity, tethered cord, inverted v sign,
  dural avf, dural arteriovenous fistula, spinal dural fistula, dural fistula, arteriovenous fistula, avf, flow voids, flow void,
  venous congestion, t2 signal, high signal, t2 lesion, hyperintense lesion, longitudinally extensive, longitudinally extensive
  lesion, letm, arteriovenous malformation
conus_abnormal cord_lesion: conus lesion, conus abnormal, conus compression, conus signal change, conus swelling, low lying conus,
  lesion at conus, compression of conus,
  conus t2 signal, low conus, conus low, conus high signal, conus oedema, oedema of conus, signal change in conus, tethered conus
diffuse_injury: anoxic brain injury, hypoxic brain injury, hypoxic ischaemic injury, anoxic injury, diffuse axonal injury, traumatic brain
  injury, brain injury, contusions, brain contusion, encephalopathy, atrophy, cerebral atrophy
white_matter_lesions cord_lesion: white matter lesions, demyelinating lesions, plaques
foraminal_stenosis stenosis: foraminal stenosis, foraminal narrowing, lateral recess stenosis, lateral recess narrowing, narrowed
  foramen, recess stenosis, subarticular stenosis, foraminal compression, narrow foramen
far_out_stenosis foraminal_stenosis: far out, far out syndrome, transverse process, sacral ala, pseudoarticulation, bertolotti,
  transitional pseudarthrosis, extraforaminal stenosis, extraforaminal compression, lumbosacral ligament
hardware: screw, pedicle screw, malpositioned screw, screw breach, breach, breaches, breached, misplaced screw, cage migration, migrated
  cage, cement leak, cement leakage, cement extravasation, hardware, implant, medial breach
stenosis cervical_stenosis: stenosis, stenotic, narrowing, narrowed, crowding, spinal stenosis, canal stenosis, central stenosis,
  lumbar stenosis, central canal stenosis, ligamentum flavum hypertrophy, narrow canal, spondylosis
cervical_stenosis stenosis: cervical stenosis, cervical canal stenosis
spondylolisthesis: spondylolisthesis, listhesis, anterolisthesis, slip, retrolisthesis, lysis, spondylolysis,
  pars defect, pars defects, pars fracture, spondylolytic
synovial_cyst ganglion_cyst popliteal_cyst mass: cyst, synovial cyst, facet cyst, juxtafacet cyst, juxta articular cyst, facet joint
  cyst, ligamentum flavum cyst
ganglion_cyst synovial_cyst mass: ganglion, ganglion cyst, intraneural ganglion, intraneural cyst, intraneural ganglion cyst,
  paralabral cyst
popliteal_cyst ganglion_cyst mass: baker cyst, popliteal cyst, ruptured baker cyst
perineural_cyst mass: tarlov cyst, perineural cyst, tarlov, sacral cyst, sacral meningeal cyst, nerve root cyst, root sleeve cyst,
  perineurial cyst
tumour_metastasis mass plexus_mass nerve_mass: metastasis, metastases, metastatic, metastatic disease, deposit, infiltration,
  carcinoma, myeloma, malignant infiltration, leptomeningeal disease, bone metastasis, malignancy, malignant
mass plexus_mass nerve_mass parasagittal_mass tumour_metastasis: mass, tumour, osteoid osteoma, osteoblastoma, neoplasm,
  schwannoma, neurofibroma, neuroma, haemangioma, lipoma,
  lymphoma, sarcoma, space occupying lesion, ependymoma, lesion, endometriosis, endometrioma, nerve sheath tumour, intradural tumour,
  glioma, glioblastoma, astrocytoma, chordoma, osteochondroma, exostosis
parasagittal_mass mass: meningioma, parasagittal meningioma, parasagittal mass, falx meningioma, parasagittal tumour
nerve_mass plexus_mass mass: nerve tumour, nerve mass, tumour of nerve,
  varicosities, varices, varicose veins
haematoma iliopsoas_haematoma haemorrhage: haematoma, epidural haematoma, subdural haematoma, clot, collection of blood, spinal
  haematoma
iliopsoas_haematoma haematoma: iliopsoas haematoma, psoas haematoma, iliacus haematoma, retroperitoneal haematoma, retroperitoneal
  haemorrhage, iliopsoas bleed, retroperitoneal bleed
haemorrhage haematoma iliopsoas_haematoma: haemorrhage, bleed, bleeding
abscess psoas_abscess: abscess, infection, discitis, collection, osteomyelitis, spondylodiscitis, empyema, epidural abscess, epidural
  collection
psoas_abscess abscess: psoas abscess, iliopsoas abscess
fracture stress_fracture sacral_fracture: fracture, fractured, broken, burst fracture, compression fracture, vertebral fracture, wedge
  fracture, neck of femur fracture
sacral_fracture fracture: sacral fracture, sacral insufficiency fracture, insufficiency fracture
stress_fracture fracture: stress fracture, stress reaction
root_enhancement nerve_enhancement: root enhancement, enhancing roots, enhancing, enhancement, nerve root enhancement, cauda equina
  enhancement, thickened roots
nerve_enhancement nerve_swollen: nerve enhancement, plexus enhancement, nerve oedema, plexus oedema, hyperintense nerve, t2
  hyperintense nerve, neuritis
nerve_swollen nerve_enhancement: nerve swollen, enlarged, enlargement, thickened, swollen, swelling, hypoechoic, increased cross
  sectional area, enlarged nerve, thickened nerve, increased csa, csa increased,
  csa raised, hyperintense, oedema
little_toe_abductor_atrophy muscle_oedema: fatty atrophy of abductor digiti minimi, abductor digiti minimi atrophy, atrophy of abductor
  digiti minimi, abductor digiti minimi, adm atrophy, atrophy of the abductor digiti minimi, fatty abductor digiti minimi
nerve_uptake: uptake, avid, fdg avid, hypermetabolic, linear uptake, tracer uptake, increased uptake, hot
muscle_oedema: muscle oedema, oedematous muscle, fatty infiltration, fatty atrophy, denervation oedema, denervation changes,
  denervation signal, denervation change, muscle signal change
plantar_fascia_thick: plantar fasciitis, thickened plantar fascia, plantar fascia thickening
tendon_rupture gluteal_tendon: tear, rupture, ruptured, torn, tendon tear, tendon rupture, tendon ruptured
gluteal_tendon: gluteal tendinopathy, gluteal tear, trochanteric bursitis, gluteus medius tear
hamstring_or_piriformis: piriformis syndrome, hamstring tendinopathy, hamstring avulsion, hamstring tear, piriformis hypertrophy
sacroiliitis hip_disease: sacroiliitis, sacroiliac oedema,
  inflamed sacroiliac joint
osteoarthritis hip_disease joint_disease degenerative: arthritis, osteoarthritis, arthrosis, joint space narrowing, effusion, labral
  tear, degenerative joint disease,
  oa, oa hip, hip oa
avascular_necrosis hip_disease: avascular necrosis, avn, osteonecrosis
degenerative normal: degenerative, degenerative changes, degenerative change, degenerative disc disease, disc space narrowing,
  osteophytes
arachnoiditis: arachnoiditis, clumped roots, clumping,
  epidural fibrosis, scar tissue, postoperative scar, postoperative scarring, epidural scar
hydrocephalus: hydrocephalus, enlarged ventricles, dilated ventricles
denervation chronic_reinnervation radiculopathy: denervation, fibrillation, fibrillations, positive sharp waves, active denervation,
  neurogenic, spontaneous activity, neurogenic changes, denervated, denervation potentials, fibrillation potentials, abnormal, acute
  denervation, positive, abnormal spontaneous activity, psw, fibs,
  increased insertional activity, ongoing denervation, fibrillating
chronic_reinnervation denervation: chronic denervation, reinnervation, chronic neurogenic, chronic neurogenic changes, large motor
  units, polyphasic units, giant units, chronic changes,
  large amplitude, high amplitude, long duration, giant, giant potentials, nascent units, nascent potentials, neurogenic mups,
  neurogenic muaps, neurogenic units, large mups, large muaps, large amplitude long duration, polyphasic mups, polyphasia
reduced_recruitment denervation: reduced recruitment, reduced interference pattern, decreased recruitment, reduced interference, no
  voluntary units, no motor units, no recruitment, discrete pattern,
  no voluntary activity, absent voluntary activity, no muaps, no mups, no voluntary muaps, no voluntary mups, no voluntary potentials,
  no motor unit potentials, single unit, single unit recruitment, single units, single unit pattern, poor recruitment, absent
  recruitment, discrete recruitment, discrete, discrete units, ip reduced, reduced ip, interference pattern reduced, incomplete
  interference, incomplete interference pattern, poor interference pattern, no units, absent units, few units
myopathic inflammatory_myopathy: myopathic, myopathy, myositis, small polyphasic units, small units, inflammatory myopathy
conduction_block slow_across_fibular_head demyelinating: conduction block, block, blocked, partial conduction block
slow_across_fibular_head prolonged_distal_latency conduction_block demyelinating abnormal: focal slowing, slowing, slowed, slow,
  reduced velocity, slow conduction, slow velocity, slowing across fibular head, focal demyelination, slowed conduction
prolonged_distal_latency demyelinating abnormal absent: prolonged, delayed, prolonged latency, prolonged distal latency, delayed latency,
  prolonged distal motor latency
demyelinating conduction_block: demyelinating, demyelination, demyelinating neuropathy, demyelinating polyneuropathy, uniform slowing,
  temporal dispersion, marked slowing
axonal_neuropathy low_amplitude reduced: axonal neuropathy, polyneuropathy, axonal polyneuropathy, sensorimotor neuropathy, peripheral
  neuropathy, length dependent neuropathy, axonal
mononeuropathy low_amplitude reduced: mononeuropathy, peroneal neuropathy, focal neuropathy, sciatic neuropathy, femoral neuropathy,
  tibial neuropathy, nerve lesion, axonal loss, fibular neuropathy, obturator neuropathy, saphenous neuropathy, gluteal neuropathy,
  pudendal neuropathy, sural neuropathy, plantar neuropathy, cutaneous neuropathy, axonotmesis, neurotmesis, neurapraxia
radiculopathy denervation: radiculopathy, root lesion, l5 radiculopathy, s1 radiculopathy, preganglionic, polyradiculopathy
plexopathy denervation: plexopathy, plexus lesion, lumbosacral plexopathy
anterior_horn denervation: anterior horn, motor neuron disease, widespread denervation, anterior horn cell,
  motor neurone disease, anterior horn cell disease, anterior horn disease, als pattern, als, mnd, amyotrophic lateral sclerosis,
  diffuse denervation, generalised denervation, widespread active denervation
myokymia denervation: myokymia, myokymic discharges, myokymic, grouped discharges, neuromyotonia
increment: increment, incremental response, facilitation, post exercise facilitation, doubling after exercise, doubling after brief
  exercise, doubling, incremental, postexercise facilitation, large increment
decrement: decrement, decremental response, jitter, increased jitter
absent reduced low_amplitude mononeuropathy low abnormal: absent, unobtainable, no response, not recordable, lost, inexcitable,
  unrecordable,
  not obtained, missing, non recordable, unelicitable,
  no potential, no potentials
abnormal: chronodispersion, increased chronodispersion, dispersed
reduced low_amplitude absent: asymmetric, asymmetrical, side difference
low_amplitude reduced low absent abnormal mononeuropathy: reduced, low, decreased, small, diminished, low amplitude, attenuated,
  depressed, reduced amplitude, impaired, deficient, asymmetrically reduced, small amplitude, reduced by half
raised high positive high_protein_few_cells: raised, high, elevated, increased, above normal, very high, present and raised
raised high positive: positive, large, detected, significant
high_protein_few_cells raised: raised protein, high protein, elevated protein, albuminocytological dissociation, cytoalbuminologic
  dissociation, increased protein, protein raised, protein high, protein elevated,
  albuminocytologic dissociation, albumino cytological dissociation, albumino cytologic dissociation, cyto albuminous dissociation,
  cytoalbuminous dissociation, cytoalbuminological dissociation, acd, very high protein
cells raised: pleocytosis, lymphocytic, raised cells, cells raised, high cells, cells high, elevated cells, cells elevated, raised white
  cells, white cells raised, many cells, increased cells, cells increased, high cell count, raised cell count, cell count raised,
  lymphocytosis
malignant_cells cells: malignant cells, positive cytology, tumour cells
oligoclonal_bands: oligoclonal bands, oligoclonal
thrombosis occlusion: thrombosis, thrombus, dvt, noncompressible, non compressible, clotted, deep vein thrombosis
occlusion aortic_occlusion thrombosis: occlusion, occluded, embolus, blocked artery, severe stenosis, stenosed, critical stenosis,
  iliac occlusion
aneurysm aortic_aneurysm: aneurysm, artery dilatation, aortic aneurysm, abdominal aortic aneurysm, aaa, popliteal aneurysm
aortic_occlusion occlusion: aortic occlusion, occluded aorta, aortic dissection
acontractile: acontractile, underactive, areflexic bladder, atonic, detrusor underactivity, hypocontractile, detrusor areflexia,
  areflexic detrusor, areflexic, detrusor atony, atonic detrusor, atonic bladder, detrusor failure
overactive: overactive, detrusor overactivity, overactivity, dyssynergia, hyperreflexic
vasculitis: vasculitis, vasculitic, necrotising vasculitis
no_compression normal: no compression, no nerve compression, no root compression, no nerve root compression, no neural compression,
  no neural compromise, no nerve root compromise, no root compromise, no impingement, no nerve impingement, no root impingement, no
  nerve root impingement, no compressive lesion, no significant stenosis, no significant compression, without nerve compression,
  without root compression, without neural compression, without compression, without nerve root compression, without impingement,
  no neural impingement, no compressive cause, no residual compression, no residual stenosis, no residual narrowing, no recurrent
  stenosis, no recurrent narrowing, no recurrent compression, no recurrent herniation, no recurrent disc herniation, no recurrent
  disc, no disc herniation, no disc prolapse, no disc protrusion, no disc extrusion, no herniation, no herniated disc, no
  prolapse, no compression of the roots, no compression of roots, no compression of the nerve roots, no compression of nerve
  roots, no compression of the root
relief positive: relief, pain relief, complete relief, relieved, positive, pain gone, temporary relief
no_relief normal: no relief, not relieved, no benefit, negative
abnormal positive denervation reduced low_amplitude raised: abnormal, pathological, abnormality, impaired
""")


OWN = {
    "genetic": {"positive": "deletion, duplication, mutation, variant, pathogenic, pathogenic variant, hnpp, cmt, cmt1a"},
    "paraprotein": {"positive": "igm, igg, iga, lambda, kappa, monoclonal, paraprotein, band", "normal": "polyclonal"},
    "hiv_syphilis": {"positive": "reactive", "normal": "nonreactive, non reactive"},
    "haemoglobin": {"low": "drop, fall, fallen, dropped, falling"},
    "emg_paraspinal": {"normal": "silent, electrically silent, quiet, muscles quiet"},
    "needle_emg": {"reduced_recruitment": "electrically silent", "normal": "silent at rest"},
}
"""Words that mean a result in one study alone."""


def names_of(results: tuple[str, ...], study: str = "") -> list[tuple[str, str]]:
    """The words that stand for each of a study's results; a study's own names for them come first."""
    names = [(result, result) for result in results]
    names += [(word, result) for result, words in OWN.get(study, {}).items() for word in words.split(", ")]
    for candidates, words in FINDINGS.items():
        known = next((result for result in candidates.split() if result in results), None)
        if known:
            names += [(word, known) for word in words]
    return names
