/**
 * Rules on usage and balances, the alerts that they raise, and the delivery of notifications. Rules are evaluated in
 * the transaction that counts the usage: an alert is raised if and only if the usage is counted, and each threshold
 * once per period or window, even with concurrent writers and duplicate events. Delivery to each of the rule's channels
 * is at least once, with the same id.
 */
@NullMarked
package dev.odometer.metering.notification;

import org.jspecify.annotations.NullMarked;
