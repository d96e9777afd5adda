/** Settings as typed values. An invalid one prevents the start with a sentence that names the setting and its value. */
@NullMarked
package dev.odometer.functions.setting;

import org.jspecify.annotations.NullMarked;
