/** A service of own functions, for the tests of every platform that it needs neither billing nor a database. */
@NullMarked
package dev.odometer.door.own;

import org.jspecify.annotations.NullMarked;
