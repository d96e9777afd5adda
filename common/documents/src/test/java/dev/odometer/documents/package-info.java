@NullMarked
package dev.odometer.documents;

import org.jspecify.annotations.NullMarked;
