"""The optimiser of the matrices: momentum whose direction is made orthogonal.

After Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024).
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

_MOMENTUM = 0.95
# A polynomial whose repeated use brings all singular values near 1.
_A, _B, _C = 3.4445, -4.7750, 2.0315
_TIMES = 5


class Muon(torch.optim.Optimizer):
    def __init__(self, matrices: Iterable[Tensor], lr: float) -> None:
        super().__init__(matrices, {"lr": lr})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:
        for group in self.param_groups:
            for matrix in group["params"]:
                gradient = matrix.grad
                momentum = self.state[matrix].setdefault("momentum", torch.zeros_like(matrix))
                momentum.lerp_(gradient, 1 - _MOMENTUM)
                direction = orthogonal(gradient.lerp(momentum, _MOMENTUM))
                rows, columns = matrix.shape
                matrix.add_(direction, alpha=-group["lr"] * max(1.0, rows / columns) ** 0.5)


def orthogonal(matrix: Tensor) -> Tensor:
    """The nearest matrix with orthogonal rows or columns, roughly."""
    x = matrix / (matrix.norm() + 1e-7)
    x = x.bfloat16() if x.is_cuda else x
    is_tall = x.shape[0] > x.shape[1]
    x = x.T.contiguous() if is_tall else x
    for _time in range(_TIMES):
        square = x @ x.T
        x = _A * x + (_B * square + _C * square @ square) @ x
    return (x.T if is_tall else x).to(matrix.dtype)
