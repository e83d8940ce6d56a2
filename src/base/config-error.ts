/** The environment cannot be used; the message names each variable and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
