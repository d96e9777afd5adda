/**
 * Rules, alerts, channels and the outbox. An alert is raised in the transaction that counts the usage or stores the
 * invoice, once per key; the unique key decides between concurrent transactions, see ADR 13. Locks on subjects and
 * entitlements are taken in one order, so that transactions wait for each other instead of deadlocking. The domain
 * ({@code RuleEvaluation}) decides which alerts to raise; this package supplies locks, totals and storage.
 */
@NullMarked
package dev.odometer.postgres.notification;

import org.jspecify.annotations.NullMarked;
