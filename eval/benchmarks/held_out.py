"""Which articles and pages training leaves out, told by a hash of their names alone.

Training and the suites that report on the same files share this rule, so that neither needs the other.
"""

import hashlib

HELD_OUT = 0.2
"""What has a smaller share is held out of training."""
CALIBRATION = HELD_OUT / 4
"""What has a smaller share sets the model's probabilities; the others that are held out only measure."""


def held_out_share(key: str) -> float:
    """A number from 0 to 1 that depends on the key alone; each trained model puts a word of its own before the key."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def calibration_tags(share: float) -> tuple[str, ...]:
    """Of what is held out, whether it set the model's probabilities."""
    if share >= HELD_OUT:
        return ()
    return ("calibrated on",) if share < CALIBRATION else ("not calibrated on",)
