/**
 * Rules on usage, balances and invoices, the alerts that they raise, and the delivery of notifications. Rules are
 * evaluated in the transaction that counts the usage or stores the invoice: an alert is raised if and only if that
 * transaction commits. Each threshold is raised once per period or window, even with concurrent writers and duplicate
 * events, and each change of an invoice once. Delivery to each of the rule's channels is at least once, with the same
 * id.
 */
@NullMarked
package dev.odometer.metering.notification;

import org.jspecify.annotations.NullMarked;
