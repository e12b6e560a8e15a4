/** Stands for the nightly function until it is written: the stack bundles it by this name. */
export const handler = (): never => {
  throw new Error('The nightly function is not written yet.');
};
