/**
 * Counts usage. An append is one transaction with a constant number of statements; the receipt is sent after its
 * commit. Calls that append at the same time share transactions, without a thread of their own. An append uses meters
 * and rules of the version that it proves current under a shared lock; where they have changed, it prepares the batch
 * again.
 */
@NullMarked
package dev.odometer.postgres.usage;

import org.jspecify.annotations.NullMarked;
