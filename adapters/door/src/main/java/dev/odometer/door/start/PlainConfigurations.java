package dev.odometer.door.start;

import dev.odometer.functions.refusal.StartRefusal;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Registers the beans of configurations from their methods. Spring's own processing of configurations supports much
 * more, but takes a third of a cold start. {@link SupportedAnnotations} refuses annotations that have no effect here.
 */
final class PlainConfigurations {

    private static final List<Class<?>> FUNCTIONS = List.of(Function.class, Consumer.class, Supplier.class);

    private final GenericApplicationContext context;
    private final Conditions conditions;
    /** Conditions on beans are evaluated after all other beans, so the order of configurations does not matter. */
    private final List<Method> afterOthers = new ArrayList<>();

    private PlainConfigurations(GenericApplicationContext context) {
        this.context = context;
        this.conditions = new Conditions(context);
    }

    /** @throws StartRefusal naming an unsupported annotation */
    static void register(GenericApplicationContext context, List<Class<?>> configurations) {
        context.getBeanFactory().addBeanPostProcessor(new SupportedAnnotations());
        var plain = new PlainConfigurations(context);
        configurations.forEach(plain::add);
        plain.afterOthers.sort(Comparator.comparing(method -> method.isAnnotationPresent(ConditionalOnBean.class)));
        plain.afterOthers.stream().filter(plain.conditions::hold).forEach(plain::bean);
    }

    private void add(Class<?> configuration) {
        if (!conditions.hold(configuration)) {
            return;
        }
        SupportedAnnotations.checkConfiguration(configuration);
        var definition = new RootBeanDefinition(configuration);
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        context.registerBeanDefinition(configuration.getName(), definition);
        for (Method method : configuration.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Bean.class)) {
                SupportedAnnotations.checkBean(configuration, method);
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
                throw new StartRefusal(
                        configuration.getName() + " imports " + one.getName()
                                + ", which is not a @Configuration. Function platforms do not support that.",
                        "Declare it as a bean.");
            }
        }
        return imported;
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
