package dev.odometer.door.start;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Registers the beans of configurations from their methods. Spring's own processing of configurations supports much
 * more, but takes a third of a cold start. Only the annotations listed here are supported; any other fails the start.
 * Beans get their dependencies as parameters; annotations inside their classes are not processed.
 */
final class PlainConfigurations {

    private static final Set<Class<? extends Annotation>> SUPPORTED = Set.of(
            AutoConfiguration.class,
            Configuration.class,
            Import.class,
            Bean.class,
            ConditionalOnBean.class,
            ConditionalOnClass.class,
            ConditionalOnMissingBean.class,
            ConditionalOnProperty.class,
            Lazy.class);

    private static final List<Class<?>> FUNCTIONS = List.of(Function.class, Consumer.class, Supplier.class);

    private final GenericApplicationContext context;
    private final Conditions conditions;
    /** Conditions on beans are evaluated after all other beans, so the order of configurations does not matter. */
    private final List<Method> afterOthers = new ArrayList<>();

    private PlainConfigurations(GenericApplicationContext context) {
        this.context = context;
        this.conditions = new Conditions(context);
    }

    /** @throws IllegalStateException naming an unsupported annotation */
    static void register(GenericApplicationContext context, List<Class<?>> configurations) {
        var plain = new PlainConfigurations(context);
        configurations.forEach(plain::add);
        plain.afterOthers.sort(Comparator.comparing(method -> method.isAnnotationPresent(ConditionalOnBean.class)));
        plain.afterOthers.stream().filter(plain.conditions::hold).forEach(plain::bean);
    }

    private void add(Class<?> configuration) {
        if (!conditions.hold(configuration)) {
            return;
        }
        checkSupported(configuration, configuration);
        var definition = new RootBeanDefinition(configuration);
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        context.registerBeanDefinition(configuration.getName(), definition);
        for (Method method : configuration.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Bean.class)) {
                checkSupported(configuration, method);
                for (Parameter parameter : method.getParameters()) {
                    checkSupported(configuration, parameter);
                }
                if (Conditions.dependOnBeans(method)) {
                    afterOthers.add(method);
                } else if (conditions.hold(method)) {
                    bean(method);
                }
            }
        }
        for (Class<?> imported : imports(configuration)) {
            add(imported);
        }
        for (Class<?> nested : configuration.getDeclaredClasses()) {
            if (nested.isAnnotationPresent(Configuration.class)) {
                add(nested);
            }
        }
    }

    private static List<Class<?>> imports(Class<?> configuration) {
        Import imports = configuration.getAnnotation(Import.class);
        List<Class<?>> imported = imports == null ? List.of() : List.of(imports.value());
        for (Class<?> one : imported) {
            if (!one.isAnnotationPresent(Configuration.class)) {
                throw new IllegalStateException(configuration.getName() + " imports " + one.getName()
                        + ", which is not a @Configuration: FunctionApplication does not support it");
            }
        }
        return imported;
    }

    private static void checkSupported(Class<?> configuration, AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.getName().startsWith("org.springframework.") && !SUPPORTED.contains(type)) {
                throw new IllegalStateException(configuration.getName() + " uses @" + type.getSimpleName()
                        + ", which FunctionApplication does not support");
            }
        }
    }

    private void bean(Method method) {
        var definition = new RootBeanDefinition();
        definition.setFactoryBeanName(method.getDeclaringClass().getName());
        definition.setUniqueFactoryMethodName(method.getName());
        definition.setResolvedFactoryMethod(method);
        definition.setTargetType(ResolvableType.forMethodReturnType(method));
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        definition.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
        // A function that this deployment does not serve is never created.
        definition.setLazyInit(method.isAnnotationPresent(Lazy.class)
                || FUNCTIONS.stream().anyMatch(kind -> kind.isAssignableFrom(method.getReturnType())));
        String[] names = method.getAnnotation(Bean.class).value();
        context.registerBeanDefinition(names.length == 0 ? method.getName() : names[0], definition);
    }
}
