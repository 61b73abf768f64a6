/** Waits for work, but no longer than a number of milliseconds. What the work throws is ignored. */
export async function settleWithin(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.catch(() => {}), end]);
  clearTimeout(timer);
}
