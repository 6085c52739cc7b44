/**
 * The state of a live solution in the browser: a pure function of the messages received.
 * tutor/solutions/log/transcript.py does the same on the server.
 */

export const NOTHING = Object.freeze({
  solution: "", // its code
  lastId: "", // of the last log entry that was applied
  status: null, // { state, waitingFor, ahead }, as the server last sent it
  reasoning: "",
  reasoningTokens: 0,
  steps: Object.freeze([]), // { text, settled, check }; check is null until it comes
  tokens: 0,
  corrections: 0, // how often Lemma took a refuted step back
  end: null,
  refused: null, // { reason, message }
});

/** Returns the next state; a message already applied changes nothing. */
export function apply(state, message) {
  switch (message.type) {
    case "solution.status":
      return withStatus(state, message);
    case "request.refused":
      return { ...state, refused: { reason: message.reason, message: message.message } };
    case "solution.whole":
      return isNews(state, message) || (message.end && !state.end) ? replaced(state, message) : state;
    case "reasoning.delta":
    case "step.delta":
    case "step.settled":
    case "step.checked":
    case "solution.end":
      return isNews(state, message) ? { ...extended(state, message), lastId: message.id } : state;
    default:
      return state;
  }
}

/** Negative, zero or positive, as for sort: ids are `fence-position`, and "1-9" < "1-10". */
export function compareIds(left, right) {
  const [leftTime, leftCount] = left.split("-").map(BigInt);
  const [rightTime, rightCount] = right.split("-").map(BigInt);
  return Number(leftTime - rightTime || leftCount - rightCount);
}

/** The name of the present phase; the page has a sentence for each. */
export function phase(state, connection) {
  if (state.end) return "ended";
  if (state.refused) return "refused";
  if (["signed_out", "offline", "reconnecting"].includes(connection)) return connection;
  if (state.status?.state === "queued") return state.status.waitingFor ?? "turn";
  if (state.status?.state !== "streaming") return "asking";
  if (state.steps.length) return "writing";
  return state.reasoning ? "thinking" : "beginning";
}

/** The name of how it ended; the page has a block for each. */
export function ending({ outcome, verdict, answer }) {
  if (isRefusal({ outcome })) return outcome;
  if (["correct", "incorrect", "undecided"].includes(verdict)) return verdict;
  if (outcome !== "finished") return outcome;
  return answer ? "unreadable" : "no_answer";
}

/** Whether the page shows only that the model cannot do this one. */
export function isRefusal(end) {
  return end?.outcome === "declined";
}

/** Whether watching it to its end was help; the same as Solution.gave_help on the server. */
export function gaveHelp({ outcome, verdict }) {
  if (isRefusal({ outcome })) return false;
  return outcome === "aborted" || ["correct", "undecided"].includes(verdict);
}

function isNews(state, message) {
  if (state.end || !/^\d+-\d+$/.test(message.id ?? "")) return false;
  return !state.lastId || compareIds(message.id, state.lastId) > 0;
}

function withStatus(state, { solution, state: name, waiting_for: waitingFor = null, ahead = 0 }) {
  const known = solution === state.solution ? state : { ...NOTHING, solution };
  return { ...known, status: { state: name, waitingFor, ahead }, refused: null };
}

function extended(state, message) {
  switch (message.type) {
    case "reasoning.delta":
      return {
        ...state,
        reasoning: state.reasoning + message.text,
        reasoningTokens: state.reasoningTokens + message.tokens,
        tokens: state.tokens + message.tokens,
      };
    case "step.delta":
      return {
        ...state,
        steps: withStep(state.steps, message.step, (step) => ({
          ...step,
          text: step.text + message.text,
        })),
        tokens: state.tokens + message.tokens,
      };
    case "step.settled":
      return {
        ...state,
        steps: withStep(state.steps, message.step, settled),
      };
    case "step.checked":
      return {
        ...state,
        steps: withStep(state.steps, message.step, (step) => ({ ...step, check: message.check })),
      };
    case "solution.end":
      return { ...state, steps: state.steps.map(settled), end: endOf(message) };
  }
}

/** A copy with one step changed; the others stay the same objects, so a view may skip them. */
function withStep(steps, index, change) {
  const copy = [...steps];
  while (copy.length <= index) copy.push({ text: "", settled: false, check: null });
  copy[index] = change(copy[index]);
  return copy;
}

function settled(step) {
  return step.settled ? step : { ...step, settled: true };
}

function replaced(state, message) {
  return {
    ...state,
    lastId: !state.lastId || compareIds(message.id, state.lastId) > 0 ? message.id : state.lastId,
    reasoning: message.reasoning,
    reasoningTokens: message.reasoning_tokens,
    steps: message.steps.map((text, step) => ({
      text,
      settled: step < (message.settled ?? message.steps.length),
      check: message.checks?.[step] ?? null,
    })),
    tokens: message.end?.tokens ?? message.tokens,
    corrections: message.corrections?.length ?? 0,
    end: message.end ? endOf(message.end) : null,
  };
}

function endOf({ outcome, verdict, rule, feedback, answer, tokens, seconds, model }) {
  return { outcome, verdict, rule, feedback, answer, tokens, seconds, model };
}
