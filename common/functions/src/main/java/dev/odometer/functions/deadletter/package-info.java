/**
 * Dead letters: poison messages that are stored with the reason until an operator fixes the cause and replays them. A
 * message is stored before it is acknowledged, so it cannot be lost; a redelivered message is stored once.
 */
@NullMarked
package dev.odometer.functions.deadletter;

import org.jspecify.annotations.NullMarked;
