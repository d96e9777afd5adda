/**
 * Grants: amounts in addition to the allowance of a usage period. They are created and voided, never changed. A
 * repeated create adds another grant; a repeated void is refused.
 */
@NullMarked
package dev.odometer.api.functions.grants;

import org.jspecify.annotations.NullMarked;
