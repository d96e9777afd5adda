/** Code as in another project. */
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
