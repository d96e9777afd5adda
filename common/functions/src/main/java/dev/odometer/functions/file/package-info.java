/**
 * Files as functions see them: named by container and key, told apart from what was there before by their version, read
 * as streams from any byte, written complete or not at all. Which store it is, a folder or a cloud's, is an adapter.
 */
@NullMarked
package dev.odometer.functions.file;

import org.jspecify.annotations.NullMarked;
