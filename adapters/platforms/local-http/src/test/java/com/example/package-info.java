/** A service in a package of its own. */
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
