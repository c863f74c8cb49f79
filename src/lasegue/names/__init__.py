"""What people write, as ids: the lexicon and the name grammar."""

from lasegue.names.fold import compact, fold
from lasegue.names.lexicon import Lexicon, packaged_lexicon
from lasegue.names.located import StudyResult
from lasegue.names.nearest import nearest
from lasegue.names.resolved import Match, Reading, Resolved, TestPart

__all__ = ["Lexicon", "Match", "Reading", "Resolved", "StudyResult", "TestPart", "compact", "fold", "nearest", "packaged_lexicon"]
