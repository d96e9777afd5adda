/**
 * Counts usage. An append is one transaction with a constant number of statements. Its receipts are returned after the
 * commit. Concurrent appends share transactions, without a thread of their own. An append holds a shared lock while it
 * verifies that its meters and rules are current; if they have changed, it prepares the batch again.
 */
@NullMarked
package dev.odometer.postgres.usage;

import org.jspecify.annotations.NullMarked;
