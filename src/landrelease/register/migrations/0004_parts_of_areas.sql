-- `land` gains the areas that one was split from: forget the layout, so that all is made anew.
UPDATE register_info SET layout = '';
