package dev.odometer.door.function;

import dev.odometer.functions.refusal.Refusal;
import java.lang.reflect.Type;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function of the catalog. It is called directly with a value of its input type, without conversion.
 *
 * @param input the type of the input; absent for a function that takes none
 */
public record CatalogFunction(String name, @Nullable Type input, Function<@Nullable Object, @Nullable Object> target) {

    public @Nullable Object invoke(@Nullable Object value) {
        try {
            return target.apply(value);
        } catch (UndeclaredThrowableException wrapped) {
            // Functions that are proxies wrap the exceptions that they throw.
            Throwable cause = wrapped.getUndeclaredThrowable().getCause();
            throw cause instanceof Refusal refusal ? refusal : wrapped;
        }
    }
}
