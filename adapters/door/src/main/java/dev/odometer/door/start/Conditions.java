package dev.odometer.door.start;

import dev.odometer.functions.refusal.StartRefusal;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Evaluates the conditions of a configuration or a bean as Spring Boot defines them. Conditions on beans support only
 * types. A function platform is not a web application.
 */
record Conditions(ConfigurableApplicationContext context) {

    static boolean dependOnBeans(Method method) {
        return method.isAnnotationPresent(ConditionalOnBean.class)
                || method.isAnnotationPresent(ConditionalOnMissingBean.class);
    }

    boolean hold(AnnotatedElement element) {
        return !element.isAnnotationPresent(ConditionalOnWebApplication.class)
                && hasClasses(element)
                && hasProperties(element.getAnnotation(ConditionalOnProperty.class))
                && (!(element instanceof Method method) || hasBeans(method));
    }

    private static boolean hasClasses(AnnotatedElement element) {
        try {
            ConditionalOnClass condition = element.getAnnotation(ConditionalOnClass.class);
            if (condition == null) {
                return true;
            }
            // Reading the value fails if a class is absent.
            condition.value();
            return Arrays.stream(condition.name()).allMatch(name -> ClassUtils.isPresent(name, null));
        } catch (TypeNotPresentException | ArrayStoreException absent) {
            return false;
        }
    }

    private boolean hasProperties(@Nullable ConditionalOnProperty condition) {
        return condition == null
                || Stream.of(condition.value(), condition.name())
                        .flatMap(Arrays::stream)
                        .allMatch(name -> hasProperty(condition, name));
    }

    private boolean hasProperty(ConditionalOnProperty condition, String name) {
        String prefix = condition.prefix().isEmpty() || condition.prefix().endsWith(".")
                ? condition.prefix()
                : condition.prefix() + ".";
        String value = context.getEnvironment().getProperty(prefix + name);
        if (value == null) {
            return condition.matchIfMissing();
        }
        return condition.havingValue().isEmpty()
                ? !value.equalsIgnoreCase("false")
                : value.equalsIgnoreCase(condition.havingValue());
    }

    private boolean hasBeans(Method method) {
        ConditionalOnBean present = method.getAnnotation(ConditionalOnBean.class);
        ConditionalOnMissingBean missing = method.getAnnotation(ConditionalOnMissingBean.class);
        return (present == null
                        || types(present.value(), present.name(), method).allMatch(this::exists))
                && (missing == null
                        || types(missing.value(), missing.name(), method).noneMatch(this::exists));
    }

    private static Stream<Class<?>> types(Class<?>[] types, String[] names, Method method) {
        if (names.length > 0) {
            throw new StartRefusal(
                    method + " has a condition on the name of a bean, which function platforms do not support.",
                    "Use a condition on the type of a bean.");
        }
        return types.length == 0 ? Stream.of(method.getReturnType()) : Arrays.stream(types);
    }

    private boolean exists(Class<?> type) {
        return context.getBeanFactory().getBeanNamesForType(type, true, false).length > 0;
    }
}
