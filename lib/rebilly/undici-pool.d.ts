/** undici types what it names at its front door; this is one of the modules behind it. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';
  export default Pool;
}
