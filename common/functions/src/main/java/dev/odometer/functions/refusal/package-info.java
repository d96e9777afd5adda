/**
 * The closed list of expected "no"s. A refusal is part of the contract: it says which value was wrong and where, it
 * never carries a stack trace to a caller, and each channel translates it in one place. Anything else that is thrown is
 * a surprise, which a platform retries.
 */
@NullMarked
package dev.odometer.functions.refusal;

import org.jspecify.annotations.NullMarked;
