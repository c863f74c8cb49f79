"""The body atlas: one baked surface, every picture of it, and the way between painted areas and skin sites.

Values for layers come as {(side, site): 0 to 1}, so plates and lookups need no model; `atlas_command` chooses layers by name.
"""

from lasegue.atlas.command import LAYERS, atlas_command
from lasegue.atlas.export import pdf, png, save
from lasegue.atlas.layers import Bars, Density, Lines, Marks, Point, Points, Zone, Zones
from lasegue.atlas.mesh import binary
from lasegue.atlas.pain import deep_pain
from lasegue.atlas.patient import area_to_findings, findings
from lasegue.atlas.plate import Picture, plate
from lasegue.atlas.raster import VIEWS, area_to_sites, field, merge, patch, site_area, site_at, sites_to_area

__all__ = [
    "LAYERS",
    "VIEWS",
    "Bars",
    "Density",
    "Lines",
    "Marks",
    "Picture",
    "Point",
    "Points",
    "Zone",
    "Zones",
    "area_to_findings",
    "area_to_sites",
    "atlas_command",
    "binary",
    "deep_pain",
    "field",
    "findings",
    "merge",
    "patch",
    "pdf",
    "plate",
    "png",
    "save",
    "site_area",
    "site_at",
    "sites_to_area",
]
