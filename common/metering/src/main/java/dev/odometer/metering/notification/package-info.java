/**
 * Telling somebody before the bill does: rules watch balances and usage, what they notice becomes a notification in the
 * transaction that counted the usage, and each of the rule's channels gets it at least once, under one id. A rule notices
 * each threshold once a period, whoever writes at the same time and however often an event is delivered.
 */
@NullMarked
package dev.odometer.metering.notification;

import org.jspecify.annotations.NullMarked;
