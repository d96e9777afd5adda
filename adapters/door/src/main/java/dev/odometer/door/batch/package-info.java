/**
 * Batches of messages: items, the function that handles them, and an outcome for each. Items of one ordering group keep
 * their order: an item behind one that has to wait also waits. A dead letter is stored before its message is acknowledged,
 * and a message is acknowledged only if everything in it is done, see ADR 15.
 */
@NullMarked
package dev.odometer.door.batch;

import org.jspecify.annotations.NullMarked;
