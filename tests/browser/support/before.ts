// Asked once before all tests, so that what is missing is said once and not by every test.
import { binary } from "./places.ts";

export default function before(): void {
  binary();
}
