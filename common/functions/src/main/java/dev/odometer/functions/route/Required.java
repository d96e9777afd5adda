package dev.odometer.functions.route;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an input that every request and every message must have. Without it, or with null in its place, a
 * request is refused and a message is poison, before the function is called. An {@code Optional} component must be present
 * and may be null. The description of the API is derived from it, too.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Required {}
