"""Development-only generator of the body that `lasegue.atlas` ships: shape, field, views, weights, bake."""
