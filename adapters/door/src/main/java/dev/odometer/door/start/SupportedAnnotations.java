package dev.odometer.door.start;

import dev.odometer.functions.refusal.StartRefusal;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.AutoConfigureBefore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Refuses annotations of Spring and of Jakarta that {@link PlainConfigurations} does not process. Without this check a
 * field with {@code @Value} would stay null, and a method with {@code @PostConstruct} would not be called.
 */
final class SupportedAnnotations implements BeanPostProcessor {

    private static final Set<Class<? extends Annotation>> OF_CONFIGURATIONS = Set.of(
            AutoConfiguration.class,
            AutoConfigureAfter.class,
            AutoConfigureBefore.class,
            Configuration.class,
            Import.class,
            ConditionalOnClass.class,
            ConditionalOnNotWebApplication.class,
            ConditionalOnProperty.class,
            ConditionalOnWebApplication.class);

    private static final Set<Class<? extends Annotation>> OF_BEANS = Set.of(
            Bean.class,
            ConditionalOnBean.class,
            ConditionalOnClass.class,
            ConditionalOnMissingBean.class,
            ConditionalOnNotWebApplication.class,
            ConditionalOnProperty.class,
            ConditionalOnWebApplication.class,
            Lazy.class);

    /** Packages whose beans are known to need no processing. Reading their members would only delay the start. */
    private static final List<String> PLAIN = List.of("java.", "org.springframework.", "dev.odometer.");

    /** Annotations that only document, or that only a component scan reads. */
    private static final List<String> HARMLESS =
            List.of("org.springframework.lang.", "org.springframework.stereotype.");

    /** @throws StartRefusal naming an annotation that would have no effect */
    static void checkConfiguration(Class<?> configuration) {
        check(configuration, configuration, OF_CONFIGURATIONS);
        Configuration own = configuration.getAnnotation(Configuration.class);
        if (own != null && own.proxyBeanMethods()) {
            throw new StartRefusal(
                    configuration.getName() + " is a @Configuration whose methods are proxied, which function platforms"
                            + " do not support.",
                    "Write @Configuration(proxyBeanMethods = false), and pass other beans as parameters.");
        }
        for (Class<?> parent = configuration.getSuperclass(); parent != null; parent = parent.getSuperclass()) {
            for (Method method : parent.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Bean.class)) {
                    throw new StartRefusal(
                            configuration.getName() + " inherits the bean " + method.getName() + " from "
                                    + parent.getName() + ", which function platforms do not support.",
                            "Declare the bean in the configuration, or import the other one.");
                }
            }
        }
        checkMembers(configuration, true);
        // The container calls it. The constructors of beans are called by their methods.
        for (Constructor<?> constructor : configuration.getDeclaredConstructors()) {
            Stream.of(constructor.getParameters()).forEach(parameter -> check(configuration, parameter, Set.of()));
        }
    }

    /** @throws StartRefusal naming an annotation that would have no effect */
    static void checkBean(Class<?> configuration, Method bean) {
        check(configuration, bean, OF_BEANS);
        Stream.of(bean.getParameters()).forEach(parameter -> check(configuration, parameter, Set.of()));
        checkClass(bean.getReturnType());
    }

    /** Checks the class of a bean, which the type of its method may not tell. */
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        // Configurations are beans with the names of their classes, and were checked with their methods.
        if (!name.equals(bean.getClass().getName())) {
            checkClass(bean.getClass());
        }
        return bean;
    }

    private static void checkClass(Class<?> bean) {
        if (!bean.isInterface() && !bean.isPrimitive() && PLAIN.stream().noneMatch(bean.getName()::startsWith)) {
            check(bean, bean, Set.of());
            checkMembers(bean, false);
        }
    }

    private static void checkMembers(Class<?> owner, boolean hasBeans) {
        for (Class<?> type = owner; type != null && type != Object.class; type = type.getSuperclass()) {
            for (AnnotatedElement field : type.getDeclaredFields()) {
                check(owner, field, Set.of());
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!hasBeans || !method.isAnnotationPresent(Bean.class)) {
                    check(owner, method, Set.of());
                }
            }
        }
    }

    private static void check(Class<?> owner, AnnotatedElement element, Set<Class<? extends Annotation>> supported) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (!supported.contains(type) && hasEffect(type)) {
                String place = element instanceof Member member ? " at " + member.getName() : "";
                throw new StartRefusal(
                        owner.getName() + " uses @" + type.getSimpleName() + place
                                + ", which function platforms do not support.",
                        "Pass beans and the Environment as parameters of @Bean methods and constructors.");
            }
        }
    }

    /** Also true for annotations of others that are made of such annotations. */
    private static boolean hasEffect(Class<? extends Annotation> type) {
        return isSprings(type)
                || Stream.of(type.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(SupportedAnnotations::isSprings);
    }

    private static boolean isSprings(Class<? extends Annotation> type) {
        String name = type.getName();
        return Stream.of("org.springframework.", "jakarta.annotation.", "jakarta.inject.")
                        .anyMatch(name::startsWith)
                && HARMLESS.stream().noneMatch(name::startsWith);
    }
}
