/** Which errors of the last saving no remark of the newest preview repeats. */

/** errors: their sentences. remarks: each the name of a field, and what is wrong there. */
export function staleErrors(errors, remarks) {
  return errors.filter((error) => !remarks.some((remark) => remark.includes(withoutSign(error))));
}

/** A list of errors has a colon between the field, which is a link, and the sentence. */
function withoutSign(error) {
  return error.replace(/^[\s:：]+/, "").trim();
}
