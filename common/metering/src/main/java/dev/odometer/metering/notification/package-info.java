/**
 * Rules on usage and balances, the alerts that they raise, and the delivery of these. Rules are evaluated in the
 * transaction that counts usage: an alert is raised exactly if the usage is counted, and each threshold once in a period
 * or window, whatever concurrent writers do and however often an event is delivered. Each of the rule's channels gets the
 * alert at least once, under one id.
 */
@NullMarked
package dev.odometer.metering.notification;

import org.jspecify.annotations.NullMarked;
