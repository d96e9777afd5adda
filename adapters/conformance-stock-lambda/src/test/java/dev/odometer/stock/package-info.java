/** The beans stay ordinary ones of Spring Cloud Function: its own Lambda adapter runs them as well. */
@NullMarked
package dev.odometer.stock;

import org.jspecify.annotations.NullMarked;
