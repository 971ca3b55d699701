/** The release of Keras whose files are written and were compared. */
export const KERAS_VERSION = '3.15.1';
