"""Pictures of strangers are opened in a process of their own, which knows nothing else."""

from ugc.imaging.process import Blurred, Broken, Region, Taken, blur, take

__all__ = ["Blurred", "Broken", "Region", "Taken", "blur", "take"]
