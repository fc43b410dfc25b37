"""Somebody who trains, registers and promotes with MLflow's own Python client."""

from tracking import train
from registry import promote

if __name__ == "__main__":
    promote(train())
