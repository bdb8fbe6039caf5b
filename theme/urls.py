"""Style sheets at addresses that name their content."""

from django.urls import path

from theme import views

urlpatterns = [
    path("<slug:digest>/site.css", views.site_style, name="site_style"),
    path("<slug:digest>/own.css", views.own_style, name="own_style"),
]
