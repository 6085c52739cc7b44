/** What the field of an answer has besides: boxes, and keys for phones. Loaded where they are. */

import { Boxes } from "./answer_boxes.js";
import { showKeys } from "./answer_keys.js";

export function arrive(piece) {
  if (piece.dataset.part === "keys") showKeys(piece);
  else new Boxes(piece.closest("[data-part=answer]"), piece);
}
