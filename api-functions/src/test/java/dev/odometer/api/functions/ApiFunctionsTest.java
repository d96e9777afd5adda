package dev.odometer.api.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.route.Route;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

class ApiFunctionsTest {

    private static Stream<Method> functions() {
        return Stream.of(
                        ApiFunctions.class,
                        ApiFunctions.ExportFunctions.class,
                        LimitFunctions.class,
                        LimitFunctions.HolderFunctions.class,
                        NotificationFunctions.class,
                        PortalFunctions.class)
                .flatMap(list -> Arrays.stream(list.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Bean.class))
                .filter(method -> Stream.of(Function.class, Consumer.class, Supplier.class)
                        .anyMatch(kind -> kind.isAssignableFrom(method.getReturnType())));
    }

    @Test
    void everyFunctionHasARouteAndEveryRouteAFunction() {
        Set<String> routed =
                ApiRoutes.routes().rows().stream().map(Route::function).collect(Collectors.toSet());

        assertThat(functions().map(Method::getName)).containsExactlyInAnyOrderElementsOf(routed);
    }

    @Test
    void aFunctionIsCalledLikeItsClass() {
        assertThat(functions())
                .allSatisfy(method -> assertThat(method.getName())
                        .isEqualToIgnoringCase(method.getReturnType().getSimpleName()));
    }

    @Test
    void noTwoRoutesAreTheSame() {
        assertThat(ApiRoutes.routes().rows())
                .extracting(route -> route.method() + " " + route.path())
                .doesNotHaveDuplicates();
    }
}
