/** Stands for the extract function until it is written: the stack bundles it by this name. */
export const handler = (): never => {
  throw new Error('The extract function is not written yet.');
};
