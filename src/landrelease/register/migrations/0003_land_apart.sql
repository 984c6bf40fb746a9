-- The derived tables gain `land`: forget the layout, so that all of them are made anew.
UPDATE register_info SET layout = '';
