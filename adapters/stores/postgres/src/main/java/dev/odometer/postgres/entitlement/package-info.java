/**
 * Features, entitlements, grants and resets. No balance is stored: it is computed from what was granted and what was
 * used, for any time (ADR 11). A change of an entitlement, its grants or its resets holds the entitlement's row. A
 * question takes two statements, one for what is granted and one for what was used, in one short read.
 */
@NullMarked
package dev.odometer.postgres.entitlement;

import org.jspecify.annotations.NullMarked;
