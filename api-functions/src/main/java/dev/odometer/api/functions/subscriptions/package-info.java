/**
 * Functions of subscriptions. A customer has at most one subscription at any time. Every change of a subscription is one
 * transaction of the store, which computes from what is stored and checks it again.
 */
@NullMarked
package dev.odometer.api.functions.subscriptions;

import org.jspecify.annotations.NullMarked;
