"""The mean of two runs' weights, which is often better than either where one began from the other.

    python -m training.average ONE.safetensors OTHER.safetensors --share 0.35 --out READER.safetensors

After Wortsman et al. 2022, "Model soups", https://arxiv.org/abs/2203.05482. Export the result as any other run's.
"""

import argparse
from pathlib import Path

from safetensors.torch import load_file, save_file


def main() -> None:
    """Write the mean; raises KeyError where the two have not the same parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="how much of the other")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    one, other = load_file(arguments.one), load_file(arguments.other)
    share = arguments.share
    save_file({name: (1 - share) * one[name] + share * other[name] for name in one}, arguments.out)


if __name__ == "__main__":
    main()
