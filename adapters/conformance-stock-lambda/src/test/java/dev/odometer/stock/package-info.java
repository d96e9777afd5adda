/** Tests that the functions are plain beans of Spring Cloud Function, which its own Lambda adapter can also run. */
@NullMarked
package dev.odometer.stock;

import org.jspecify.annotations.NullMarked;
