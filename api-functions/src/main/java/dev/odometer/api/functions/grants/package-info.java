/**
 * Amounts on top of what an entitlement's periods begin with: made and voided, never changed. A repeat of a create is
 * another grant, of a void a conflict.
 */
@NullMarked
package dev.odometer.api.functions.grants;

import org.jspecify.annotations.NullMarked;
