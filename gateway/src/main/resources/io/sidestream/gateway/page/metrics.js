const SUMMED = /_(total|sum|count)$/;

/** What a metric counted between two looks, over the processes that are in both. */
export function increase(old, now, name) {
  const both = Object.keys(now).filter(process => now[process]?.[name] !== undefined && old[process]?.[name] !== undefined);
  if (both.length === 0) return NaN;
  return both.reduce((sum, process) => sum + Math.max(0, now[process][name] - old[process][name]), 0);
}

/** A metric of all processes: counts add up, and of states, which replicas share, the largest counts. */
export function overall(now, name) {
  const values = Object.values(now).map(metrics => metrics?.[name]).filter(value => value !== undefined);
  if (values.length === 0) return undefined;
  return SUMMED.test(name) ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
}

/** The mean of a metric that has a sum and a count. */
export const mean = (now, name) => overall(now, name + '_sum') / overall(now, name + '_count');
